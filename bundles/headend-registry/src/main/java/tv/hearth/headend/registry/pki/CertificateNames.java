package tv.hearth.headend.registry.pki;

import java.io.IOException;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509v3CertificateBuilder;

/** Alternative names and extended key usages of a profile as extensions. */
final class CertificateNames {
  private CertificateNames() {}

  static void add(X509v3CertificateBuilder builder, CertificateProfile profile) throws IOException {
    if (!profile.names().isEmpty()) {
      GeneralName[] names =
          profile.names().stream().map(CertificateNames::name).toArray(GeneralName[]::new);
      builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
    }
    if (!profile.usages().isEmpty()) {
      KeyPurposeId[] usages =
          profile.usages().stream()
              .map(oid -> KeyPurposeId.getInstance(new ASN1ObjectIdentifier(oid)))
              .toArray(KeyPurposeId[]::new);
      builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(usages));
    }
  }

  private static GeneralName name(String text) {
    int colon = text.indexOf(':');
    String value = text.substring(colon + 1);
    switch (text.substring(0, Math.max(0, colon))) {
      case "uri":
        return new GeneralName(GeneralName.uniformResourceIdentifier, value);
      case "dns":
        return new GeneralName(GeneralName.dNSName, value);
      case "ip":
        return new GeneralName(GeneralName.iPAddress, value);
      default:
        throw new IllegalArgumentException("not a name of the form uri:, dns: or ip:: " + text);
    }
  }
}
