"""Lists of robots beside the robots: aimed at, put together, told of."""
