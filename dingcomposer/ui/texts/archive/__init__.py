"""Sentences about the history as a whole: exports, the chain, the overview."""
