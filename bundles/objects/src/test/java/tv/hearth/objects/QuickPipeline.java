package tv.hearth.objects;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import tv.hearth.objects.core.BackOff;
import tv.hearth.objects.io.Services;

/** A pipeline that tells boxes again within a fraction of a second what they missed. */
public record QuickPipeline(Services services, Path folder) {
  /** Opens it. */
  public Pipeline pipeline() {
    BackOff quick =
        new BackOff(TimeUnit.MILLISECONDS.toNanos(50), TimeUnit.MILLISECONDS.toNanos(400));
    return new Pipeline(services, folder, quick);
  }
}
