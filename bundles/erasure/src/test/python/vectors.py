#!/usr/bin/env python3
"""The erasure code a second time, written from docs/format-erasure.md alone; prints its test vectors.

Plain and slow (under a minute). `vectors.py` prints vectors.txt, `vectors.py literals` literals.txt and
`vectors.py matrix K N` a generator matrix.
"""
import hashlib
import sys

V = [0x01, 0xD6, 0x98, 0x92, 0x56, 0xC8, 0x58, 0xE6]  # the Cantor basis
SHAPES = [(1, 2, 64), (1, 255, 64), (2, 3, 64), (2, 5, 64), (3, 5, 64), (5, 21, 64), (5, 21, 65536),
          (10, 14, 192), (16, 20, 64), (16, 20, 65536), (20, 80, 64), (20, 80, 65536), (40, 80, 64),
          (40, 80, 65536), (60, 80, 64), (60, 80, 65536), (64, 128, 64), (65, 129, 64), (100, 255, 64),
          (127, 254, 64), (127, 255, 64), (128, 255, 64), (129, 255, 64), (191, 255, 64),
          (192, 255, 64), (223, 255, 64), (224, 255, 64), (253, 255, 64), (254, 255, 64)]
LITERALS = [(3, 5, 64, 7), (2, 5, 64, 8)]


def mul(x, y):
    """The product in GF(2^8) modulo 0x11d."""
    product = 0
    for i in range(8):
        if y >> i & 1:
            product ^= x << i
    for i in range(14, 7, -1):
        if product >> i & 1:
            product ^= 0x11D << (i - 8)
    return product


def inverse(x):
    result = 1
    for _ in range(254):
        result = mul(result, x)
    return result


def point(i):
    result = 0
    for j in range(8):
        if i >> j & 1:
            result ^= V[j]
    return result


def power_of_two(m):
    power = 1
    while power < m:
        power *= 2
    return power


def layout(k, n):
    """The points of the n pieces, and those at which the polynomial vanishes."""
    m = n - k
    if 0 < m <= k and power_of_two(m) + k <= 256:
        span = power_of_two(m)
        pieces = [point(span + j) for j in range(k)] + [point(i) for i in range(m)]
        return pieces, [point(z) for z in range(span + k, 256)]
    span = power_of_two(k)
    parity = list(range(span, 256)) + list(range(k, span))
    return [point(j) for j in range(k)] + [point(i) for i in parity[:m]], []


def matrix(k, n):
    """Row i: parity i as a combination of the data."""
    points, zeros = layout(k, n)
    rows = []
    for x in points[k:]:
        row = []
        for y in points[:k]:
            numerator = denominator = 1
            for other in points[:k] + zeros:
                if other != y:
                    numerator = mul(numerator, x ^ other)
                    denominator = mul(denominator, y ^ other)
            row.append(mul(numerator, inverse(denominator)))
        rows.append(row)
    return rows


def tower():
    basis = []
    for t in range(8):
        element = 1
        for bit, v in ((1, V[1]), (2, V[2]), (4, V[4])):
            if t & bit:
                element = mul(element, v)
        basis.append(element)
    return basis


def planes_of_product(factor):
    """Entry p: which planes of x are XORed into plane p of factor * x."""
    basis = tower()
    coordinates = {}
    for mask in range(256):
        element = 0
        for t in range(8):
            if mask >> t & 1:
                element ^= basis[t]
        coordinates[element] = mask
    columns = [coordinates[mul(factor, b)] for b in basis]
    return [[q for q in range(8) if columns[q] >> p & 1] for p in range(8)]


def encode(k, n, unit, data):
    length = unit // 8
    planes = [int.from_bytes(data[at:at + length], "little") for at in range(0, len(data), length)]
    products = [planes_of_product(factor) for factor in range(256)]
    parity = bytearray()
    for row in matrix(k, n):
        for p in range(8):
            plane = 0
            for j, factor in enumerate(row):
                for q in products[factor][p]:
                    plane ^= planes[8 * j + q]
            parity += plane.to_bytes(length, "little")
    return bytes(parity)


def seeded(seed, length):
    state, data = seed, bytearray()
    for _ in range(length):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        data.append(state >> 56)
    return bytes(data)


def main(arguments):
    if arguments[:1] == ["matrix"]:
        for row in matrix(int(arguments[1]), int(arguments[2])):
            print(" ".join("%02x" % factor for factor in row))
    elif arguments == ["literals"]:
        print("# k n unit data parity: whole stripes in hex. Made by src/test/python/vectors.py.")
        for k, n, unit, seed in LITERALS:
            data = seeded(seed, k * unit)
            print(k, n, unit, data.hex(), encode(k, n, unit, data).hex())
    else:
        print("# k n unit seed sha256(data) sha256(parity). Made by src/test/python/vectors.py.")
        for i, (k, n, unit) in enumerate(SHAPES):
            data = seeded(100 + i, k * unit)
            hashes = [hashlib.sha256(b).hexdigest() for b in (data, encode(k, n, unit, data))]
            print(k, n, unit, 100 + i, *hashes)


if __name__ == "__main__":
    main(sys.argv[1:])
