package tv.hearth.api.cipher;

import tv.hearth.api.value.Bytes;

/**
 * An object's key as an opaque value: wrapped for this box alone, of no use elsewhere. Not a
 * secret.
 */
public record ObjectKey(Bytes opaque) {}
