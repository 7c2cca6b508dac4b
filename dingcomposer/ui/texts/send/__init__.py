"""The words around a send: what is different before it, and how each of several groups fared."""
