"""What we remember: one SQLite file, and the secrets in the system's keyring."""
