package tv.hearth.objects.read;

import tv.hearth.api.cipher.ObjectCipher;
import tv.hearth.api.cipher.ObjectKey;
import tv.hearth.api.cipher.Space;
import tv.hearth.api.value.TrafficClass;
import tv.hearth.objects.core.Layout;
import tv.hearth.support.record.DescriptorRecord;
import tv.hearth.vendor.objects.DurabilityClass;
import tv.hearth.vendor.objects.ObjectFailure;

/**
 * What it takes to read an object's bytes.
 *
 * @param label names it in messages
 */
public record OpenObject(
    String label, Space space, DescriptorRecord descriptor, Layout layout, ObjectKey key) {
  /** Throws DAMAGED for a unit that this software can't read. */
  public static OpenObject of(String label, Space space, DescriptorRecord descriptor, ObjectKey key)
      throws ObjectFailure {
    Layout layout =
        new Layout(descriptor.plainLength(), descriptor.k(), descriptor.segmentLength());
    if (descriptor.unit() != ObjectCipher.UNIT || layout.sealed() != descriptor.sealedLength()) {
      throw new ObjectFailure(
          ObjectFailure.Problem.DAMAGED,
          label + ": its descriptor has sizes that this software can't read: update it");
    }
    return new OpenObject(label, space, descriptor, layout, key);
  }

  /** Associated data of the sealed stream. */
  public byte[] associated() {
    return Associated.of(descriptor.object());
  }

  /** True where its owner keeps the data pieces at home. */
  public boolean home() {
    return descriptor.durability().equals(DurabilityClass.HOME.label());
  }

  /** How urgent its bytes are. */
  public TrafficClass traffic() {
    return space == Space.CATALOGUE ? TrafficClass.STREAM : TrafficClass.HOUSEHOLD;
  }
}
