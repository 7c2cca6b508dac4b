"""The queue: what waits, why, and for how long; to be paused, reordered and cancelled."""
