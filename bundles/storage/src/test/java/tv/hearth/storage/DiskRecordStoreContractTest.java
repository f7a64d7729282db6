package tv.hearth.storage;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.budget.Limits;
import tv.hearth.api.pieces.RecordStore;
import tv.hearth.api.pieces.StoreException;
import tv.hearth.tests.contracts.pieces.RecordStoreContract;

class DiskRecordStoreContractTest extends RecordStoreContract {
  @TempDir Path folder;
  private Storage storage;

  @BeforeEach
  void open() throws StoreException {
    storage = Storage.open(StorageSettings.plain(folder, () -> Limits.LEAST));
  }

  @AfterEach
  void close() throws StoreException {
    storage.close();
  }

  @Override
  protected RecordStore store() {
    return storage.records();
  }
}
