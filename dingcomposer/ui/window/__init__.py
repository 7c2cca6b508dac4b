"""The one window: its pages, actions, status bar and layout."""
