package tv.hearth.objects;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.objects.town.Town;
import tv.hearth.tests.contracts.objects.ObjectStoreContract;
import tv.hearth.vendor.objects.ObjectStore;

class PipelineContractTest extends ObjectStoreContract {
  @TempDir private Path folder;
  private Town town;

  @Override
  protected ObjectStore store() throws Exception {
    if (town == null) {
      town = new Town(folder, 12);
    }
    return town.box(0);
  }

  @AfterEach
  void close() {
    if (town != null) {
      town.close();
    }
  }
}
