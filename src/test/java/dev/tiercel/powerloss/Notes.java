package dev.tiercel.powerloss;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What a recorded process says, among what it does: one call of the system a note. */
final class Notes {
  private final OutputStream notes;

  Notes(Path folder) throws IOException {
    notes = new FileOutputStream(folder.resolve("notes").toFile(), true);
  }

  void say(String note) {
    try {
      notes.write((note + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
