"""The parts of qemu/boxes."""
