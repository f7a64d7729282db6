"""What keeps an emulated box from doing what it was told."""


class Problem(Exception):
    """Names the thing and the remedy."""
