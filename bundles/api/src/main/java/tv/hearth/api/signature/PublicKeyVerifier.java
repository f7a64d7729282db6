package tv.hearth.api.signature;

import tv.hearth.api.value.Bytes;

/**
 * Checks one signature by one public key, for formats that are not COSE: The Update Framework's
 * metadata. Pure and thread-safe.
 */
public interface PublicKeyVerifier {
  /**
   * True where the signature is the key's over exactly these bytes.
   *
   * @param scheme {@code ed25519}, {@code ecdsa-sha2-nistp256}, {@code rsassa-pss-sha256}, {@code
   *     rsa-pkcs1v15-sha256} or {@code hearth-ed25519-ml-dsa-65} (both signatures must verify)
   * @param key as the scheme writes it: 32 raw bytes for {@code ed25519}; SubjectPublicKeyInfo
   *     (DER) for ECDSA and RSA; 32 bytes of Ed25519 and 1952 of ML-DSA-65 (FIPS 204) for the
   *     composite
   * @param signature as the scheme writes it; for the composite 64 bytes of Ed25519 and 3309 of
   *     ML-DSA-65
   * @throws BadSignatureException where scheme or key are unknown or malformed; never for a
   *     signature that is just wrong
   */
  boolean verify(String scheme, Bytes key, byte[] message, byte[] signature)
      throws BadSignatureException;
}
