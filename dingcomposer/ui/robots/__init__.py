"""The list of robots at the left, and the dialogs that edit them."""
