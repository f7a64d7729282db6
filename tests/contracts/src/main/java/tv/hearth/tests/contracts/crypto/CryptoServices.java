package tv.hearth.tests.contracts.crypto;

import tv.hearth.api.cipher.Keyring;
import tv.hearth.api.cipher.ObjectCipher;
import tv.hearth.api.identity.Household;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.signature.SignatureVerifier;

/** One node's services, as the implementation under test made them. */
public record CryptoServices(
    Identity identity,
    Household household,
    Keyring keyring,
    ObjectCipher cipher,
    SignatureVerifier verifier) {}
