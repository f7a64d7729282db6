package tv.hearth.objects.io;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tv.hearth.api.cipher.Space;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.api.identity.Role;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.OwnerId;
import tv.hearth.support.gate.ServiceMissingException;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectFailure.Problem;
import tv.hearth.vendor.objects.Shelf;

/** Whose objects a shelf shows, and in whose name this node writes to it. */
public final class Authority {
  private final Services services;

  /** Over identity and map. */
  public Authority(Services services) {
    this.services = services;
  }

  /** The map, or NOT_READY. */
  public BoxMap map() throws ObjectFailure {
    return known()
        .orElseThrow(
            () ->
                new ObjectFailure(
                    Problem.NOT_READY,
                    "this box has not joined its neighbourhood yet: its headend has not answered;"
                        + " its health says why"));
  }

  /** A box by itself has none: no setting tells it of one. */
  private Optional<BoxMap> known() throws ObjectFailure {
    try {
      return services.map();
    } catch (ServiceMissingException e) {
      throw new ObjectFailure(
          Problem.NOT_READY,
          "this box has not joined a neighbourhood, or is being updated: its operator gives it a"
              + " claim code and the headend's address (tv.hearth.membership)",
          e);
    }
  }

  /** The space of a shelf's names and keys. */
  public static Space space(Shelf shelf) {
    return shelf == Shelf.CATALOGUE ? Space.CATALOGUE : Space.HOUSEHOLD;
  }

  /** In whose name a shelf is written. */
  public static Role role(Shelf shelf) {
    return shelf == Shelf.CATALOGUE ? Role.CONTENT : Role.HOUSEHOLD;
  }

  /** The owner that this node writes a shelf as; NOT_ALLOWED where it holds no such key. */
  public OwnerId writer(Shelf shelf) throws ObjectFailure {
    Role role = role(shelf);
    try {
      Optional<OwnerId> owner =
          services
              .identity()
              .call(
                  me -> me.roles().contains(role) ? Optional.of(me.owner(role)) : Optional.empty());
      return owner.orElseThrow(
          () ->
              new ObjectFailure(
                  Problem.NOT_ALLOWED,
                  "only a node with the content authority's key writes films: use the operator's"
                      + " ingest"));
    } catch (IdentityException e) {
      throw Failures.of("write to " + shelf, e);
    }
  }

  /** The owners whose objects a shelf shows: this household, or every content authority. */
  public List<OwnerId> owners(Shelf shelf) throws ObjectFailure {
    if (shelf == Shelf.HOUSEHOLD) {
      return List.of(writer(shelf));
    }
    List<OwnerId> owners = new ArrayList<>(map().contentKeys().keySet());
    owners.sort((a, b) -> a.text().compareTo(b.text()));
    if (owners.isEmpty()) {
      throw new ObjectFailure(
          Problem.NOT_READY, "the map names no content authority: the operator has no films");
    }
    return owners;
  }

  /** The key that an owner signs with; this node's own first. */
  public Bytes key(OwnerId owner) throws ObjectFailure {
    try {
      Optional<Bytes> own = services.identity().call(me -> ownKey(me, owner));
      if (own.isPresent()) {
        return own.get();
      }
    } catch (IdentityException e) {
      throw Failures.of("key of " + owner, e);
    }
    return map()
        .ownerKey(owner)
        .orElseThrow(
            () -> new ObjectFailure(Problem.NOT_ALLOWED, "the map knows no owner " + owner));
  }

  private static Optional<Bytes> ownKey(Identity me, OwnerId owner) throws IdentityException {
    for (Role role : List.of(Role.HOUSEHOLD, Role.CONTENT)) {
      if (me.roles().contains(role) && me.owner(role).equals(owner)) {
        return Optional.of(me.publicKey(role));
      }
    }
    return Optional.empty();
  }

  /** Signs a record in the name of a shelf's writer. */
  public byte[] sign(Shelf shelf, String type, byte[] payload) throws ObjectFailure {
    try {
      return services.identity().call(identity -> identity.sign(role(shelf), type, payload));
    } catch (IdentityException e) {
      throw Failures.of("sign a " + type, e);
    }
  }
}
