"""What keeps an image from being built."""


class Problem(Exception):
    """Names the thing and the remedy."""
