package tv.hearth.broker;

import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.auth.PublishAuthorizer;
import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.SubscriptionAuthorizer;
import com.hivemq.extension.sdk.api.auth.parameter.PublishAuthorizerInput;
import com.hivemq.extension.sdk.api.auth.parameter.PublishAuthorizerOutput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthOutput;
import com.hivemq.extension.sdk.api.auth.parameter.SubscriptionAuthorizerInput;
import com.hivemq.extension.sdk.api.auth.parameter.SubscriptionAuthorizerOutput;
import com.hivemq.extension.sdk.api.client.parameter.ClientTlsInformation;
import com.hivemq.extension.sdk.api.packets.connect.ConnackReasonCode;
import com.hivemq.extension.sdk.api.packets.publish.AckReasonCode;
import com.hivemq.extension.sdk.api.packets.subscribe.SubackReasonCode;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import com.hivemq.extension.sdk.api.services.auth.SecurityRegistry;
import java.util.Optional;

/**
 * Lets clients in by their certificate, and to topics by the access list. A client's id must be the
 * common name of its certificate, so that nobody takes another's session over; user name and
 * password are not looked at.
 */
final class AccessExtension implements ExtensionMain, SimpleAuthenticator {
  private final AccessList list;

  AccessExtension(AccessList list) {
    this.list = list;
  }

  @Override
  public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
    SecurityRegistry registry = Services.securityRegistry();
    registry.setAuthenticatorProvider(ignored -> this);
    TopicGuard guard = new TopicGuard();
    registry.setAuthorizerProvider(ignored -> guard);
  }

  @Override
  public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {
    // nothing is held
  }

  @Override
  public void onConnect(SimpleAuthInput input, SimpleAuthOutput output) {
    Optional<String> name =
        input
            .getConnectionInformation()
            .getClientTlsInformation()
            .flatMap(ClientTlsInformation::getClientCertificate)
            .flatMap(ClientNames::operational);
    if (name.isEmpty()) {
      output.failAuthentication(ConnackReasonCode.NOT_AUTHORIZED, "no operational certificate");
    } else if (!name.get().equals(input.getClientInformation().getClientId())) {
      output.failAuthentication(
          ConnackReasonCode.CLIENT_IDENTIFIER_NOT_VALID,
          "the client id must be the certificate's common name");
    } else {
      output.authenticateSuccessfully();
    }
  }

  /** After onConnect the client id is the user name. */
  private final class TopicGuard implements PublishAuthorizer, SubscriptionAuthorizer {
    @Override
    public void authorizePublish(PublishAuthorizerInput input, PublishAuthorizerOutput output) {
      String user = input.getClientInformation().getClientId();
      if (list.mayPublish(user, user, input.getPublishPacket().getTopic())) {
        output.authorizeSuccessfully();
      } else {
        output.failAuthorization(AckReasonCode.NOT_AUTHORIZED, "not on the access list");
      }
    }

    @Override
    public void authorizeSubscribe(
        SubscriptionAuthorizerInput input, SubscriptionAuthorizerOutput output) {
      String user = input.getClientInformation().getClientId();
      if (list.maySubscribe(user, user, input.getSubscription().getTopicFilter())) {
        output.authorizeSuccessfully();
      } else {
        output.failAuthorization(SubackReasonCode.NOT_AUTHORIZED, "not on the access list");
      }
    }
  }
}
