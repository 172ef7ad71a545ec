package dev.tiercel.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseFileTest {
  @TempDir Path folder;

  @Test
  void aFailureIsNotLostOverWhatCannotBeDeletedAfterIt() throws Exception {
    Files.createDirectories(folder.resolve("copy.db/full"));
    IOException why = new IOException("the name is not on disk");

    DatabaseFile.delete(folder.resolve("copy.db"), why);

    assertEquals(1, why.getSuppressed().length);
    assertInstanceOf(DirectoryNotEmptyException.class, why.getSuppressed()[0]);
  }
}
