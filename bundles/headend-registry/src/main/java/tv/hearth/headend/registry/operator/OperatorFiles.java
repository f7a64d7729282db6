package tv.hearth.headend.registry.operator;

import java.nio.file.Path;

/** Where what lies in an operator's folder; see docs/operator-keys.md. */
record OperatorFiles(Path dir) {
  Path neighbourhood() {
    return dir.resolve("neighbourhood");
  }

  Path anchor() {
    return dir.resolve("anchor.pem");
  }

  Path rootKey() {
    return dir.resolve("offline").resolve("root.key");
  }

  Path contentKey() {
    return dir.resolve("content").resolve("content.key");
  }

  Path contentPublic() {
    return dir.resolve("content").resolve("content.pub");
  }

  Path claim(String id) {
    return dir.resolve("claims").resolve(id + ".claim");
  }

  Path operatorKey() {
    return dir.resolve("operator").resolve("operator.key");
  }

  Path operatorChain() {
    return dir.resolve("operator").resolve("operator.pem");
  }

  Path controllerKey() {
    return dir.resolve("operator").resolve("controller.key");
  }

  Path controllerChain() {
    return dir.resolve("operator").resolve("controller.pem");
  }

  Path broker(String name) {
    return dir.resolve("broker").resolve(name);
  }

  Path headend() {
    return dir.resolve("headend");
  }

  CredentialFiles credentials() {
    return new CredentialFiles(headend());
  }
}
