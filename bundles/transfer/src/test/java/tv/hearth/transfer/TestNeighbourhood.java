package tv.hearth.transfer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.api.identity.Role;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.neighbourhood.Endpoint;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.neighbourhood.Neighbourhood;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.OwnerId;
import tv.hearth.crypto.CryptoNode;
import tv.hearth.crypto.NodeSettings;
import tv.hearth.tests.contracts.crypto.TestOperator;

/** A map that all boxes of a test share, and endpoints as the test wishes them. */
public final class TestNeighbourhood implements Neighbourhood {
  final TestOperator operator = new TestOperator(Instant.now());
  final Path folder;
  final Path anchor;
  final List<byte[]> heard = new CopyOnWriteArrayList<>();
  private final Map<BoxId, MapBox> boxes = new LinkedHashMap<>();
  private final Map<OwnerId, Bytes> content = new LinkedHashMap<>();
  private final Map<BoxId, List<Endpoint>> endpoints = new ConcurrentHashMap<>();
  private volatile BoxMap map;
  private long version;

  TestNeighbourhood(Path folder) throws Exception {
    this.folder = folder;
    this.anchor = operator.writeAnchor(folder);
  }

  synchronized void join(Identity identity, MapBox.State state) throws IdentityException {
    put(
        new MapBox(
            identity.box(),
            identity.signingKey(),
            identity.exchangeKey(),
            identity.owner(Role.HOUSEHOLD),
            identity.publicKey(Role.HOUSEHOLD),
            "pid-1",
            100,
            state,
            "test",
            List.of()));
    if (identity.roles().contains(Role.CONTENT)) {
      content.put(identity.owner(Role.CONTENT), identity.publicKey(Role.CONTENT));
      publish();
    }
  }

  /** A member's keys without a box around them. */
  CryptoNode keys(String name) throws Exception {
    CryptoNode keys = stranger(name);
    join(keys.identity(), MapBox.State.ACTIVE);
    return keys;
  }

  /** Keys with a certificate, but in no map. */
  CryptoNode stranger(String name) throws Exception {
    NodeSettings settings =
        NodeSettings.of(Files.createDirectories(folder.resolve(name)).resolve("keys"), anchor);
    CryptoNode keys = CryptoNode.open(settings, Clock.systemUTC(), new SecureRandom());
    operator.enrol(keys.identity());
    return keys;
  }

  MapBox entry(BoxId box) {
    return map.box(box).orElseThrow();
  }

  synchronized void put(MapBox box) {
    boxes.put(box.id(), box);
    publish();
  }

  synchronized void forgetContent(OwnerId owner) {
    content.remove(owner);
    publish();
  }

  private void publish() {
    map =
        new BoxMap(
            "test",
            1,
            ++version,
            Instant.MAX,
            new ArrayList<>(boxes.values()),
            Map.copyOf(content));
  }

  void at(BoxId box, Endpoint... where) {
    endpoints.put(box, List.of(where));
  }

  @Override
  public Optional<String> name() {
    return Optional.of("test");
  }

  @Override
  public Optional<BoxMap> map() {
    return Optional.ofNullable(map);
  }

  @Override
  public List<Endpoint> endpoints(BoxId box) {
    return endpoints.getOrDefault(box, Collections.emptyList());
  }

  @Override
  public boolean heard(byte[] signedEndpoint) {
    return heard.add(signedEndpoint.clone());
  }

  @Override
  public List<byte[]> gossip(int limit) {
    return List.of("an endpoint".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }
}
