package dev.tiercel.faults;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Arms {@code faults.c} in the process that has loaded it, through the file that both map. */
@SuppressWarnings("EnumOrdinal") // The C side knows them by their numbers.
public final class FaultSwitch {
  private static final int BYTES = 128;
  private static final int FILES = 64;
  private static final VarHandle NUMBER =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

  private enum Field {
    OPERATION,
    BEFORE,
    TIMES,
    ERROR,
    EXTENT,
    SEEN,
    FAILED,
    SYNCED
  }

  private final ByteBuffer control;

  public FaultSwitch(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      control = channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES);
    }
  }

  /** Makes the file that the switch needs, disarmed. */
  public static Path create(Path file) throws IOException {
    return Files.write(file, new byte[BYTES]);
  }

  public void arm(Fault fault) {
    disarm();
    byte[] files = fault.files().getBytes(StandardCharsets.US_ASCII);
    control.put(FILES, new byte[BYTES - FILES]);
    control.put(FILES, files);
    set(Field.BEFORE, fault.before());
    set(Field.TIMES, fault.times());
    set(Field.ERROR, fault.error().number);
    set(Field.EXTENT, fault.extent().ordinal());
    set(Field.SEEN, 0);
    set(Field.FAILED, 0);
    set(Field.SYNCED, 0);
    set(Field.OPERATION, fault.operation().ordinal());
  }

  public void disarm() {
    set(Field.OPERATION, Fault.Operation.NONE.ordinal());
  }

  /** How many calls were made to fail since it was armed. */
  public int failed() {
    return get(Field.FAILED);
  }

  /** How many times a file that is meant was synced since it was armed. */
  public int synced() {
    return get(Field.SYNCED);
  }

  private void set(Field field, int value) {
    NUMBER.setVolatile(control, field.ordinal() * Integer.BYTES, value);
  }

  private int get(Field field) {
    return (int) NUMBER.getVolatile(control, field.ordinal() * Integer.BYTES);
  }
}
