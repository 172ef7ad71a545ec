package dev.tiercel.cache;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteLedgerContractTest extends LedgerContract {
  @TempDir Path folder;
  private LedgerDatabase database;

  @Override
  Ledger open() {
    database = LedgerDatabase.open(folder.resolve("items.db"));
    return database.ledger;
  }

  @AfterEach
  void close() {
    database.close();
  }
}
