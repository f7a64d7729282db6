"""The parts of firmware-image/build."""
