"""The parts of qemu/acceptance and qemu/footprint."""
