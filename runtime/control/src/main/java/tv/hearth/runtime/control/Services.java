package tv.hearth.runtime.control;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tv.hearth.api.bus.MessageBus;
import tv.hearth.api.cipher.Keyring;
import tv.hearth.api.health.HealthProbe;
import tv.hearth.api.identity.Household;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.neighbourhood.LocalEndpoints;
import tv.hearth.api.neighbourhood.Neighbourhood;
import tv.hearth.api.pieces.PieceStore;
import tv.hearth.support.gate.ServiceGate;
import tv.hearth.vendor.gateway.GatewayAddress;
import tv.hearth.vendor.objects.ObjectStore;

/** The services of this node, as they come and go. Thread-safe. */
final class Services {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  final ServiceGate<ObjectStore> objects = gate("ObjectStore");
  final ServiceGate<Identity> identity = gate("Identity");
  final ServiceGate<Household> household = gate("Household");
  final ServiceGate<Neighbourhood> neighbourhood = gate("Neighbourhood");
  final ServiceGate<MessageBus> bus = gate("MessageBus");
  final ServiceGate<Keyring> keyring = gate("Keyring");
  final ServiceGate<PieceStore> pieces = gate("PieceStore");
  final ServiceGate<tv.hearth.api.update.UpdateAgent> update = gate("UpdateAgent");
  final ServiceGate<GatewayAddress> gateway = gate("GatewayAddress");
  final List<LocalEndpoints> endpoints = new CopyOnWriteArrayList<>();
  final List<HealthProbe> probes = new CopyOnWriteArrayList<>();

  private static <T> ServiceGate<T> gate(String name) {
    return new ServiceGate<>(name, PATIENCE);
  }
}
