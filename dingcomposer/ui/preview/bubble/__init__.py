"""One message as the group sees it: header, card and everything painted on it."""
