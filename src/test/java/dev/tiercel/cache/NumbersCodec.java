package dev.tiercel.cache;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Encodes numbers and lists of them. */
final class NumbersCodec implements Codec {
  @Override
  public String id() {
    return "numbers";
  }

  @Override
  public long fingerprint(TypeRef<?> type) {
    return type.type().equals(Long.class) ? 1 : 2;
  }

  @Override
  public byte[] encode(Object value, TypeRef<?> type) {
    List<?> numbers = value instanceof List<?> several ? several : List.of(value);
    ByteBuffer to = ByteBuffer.allocate(numbers.size() * Long.BYTES);
    numbers.forEach(number -> to.putLong((Long) number));
    return to.array();
  }

  @Override
  public Object decode(byte[] bytes, int offset, int length, TypeRef<?> type) {
    ByteBuffer from = ByteBuffer.wrap(bytes, offset, length);
    if (type.type().equals(Long.class)) {
      return from.getLong();
    }
    List<Long> numbers = new ArrayList<>();
    while (from.hasRemaining()) {
      numbers.add(from.getLong());
    }
    return List.copyOf(numbers);
  }
}
