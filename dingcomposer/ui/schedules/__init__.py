"""What is sent at a set time, as a person sees it: list, month, the dialogs that change it."""
