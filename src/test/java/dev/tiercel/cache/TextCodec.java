package dev.tiercel.cache;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Encodes texts. */
record TextCodec(String id, long fingerprint) implements Codec {
  TextCodec() {
    this("text-1", 1);
  }

  @Override
  public long fingerprint(TypeRef<?> type) {
    if (!type.type().equals(String.class)) {
      throw new IllegalArgumentException(type + " is no text; ask for String");
    }
    return fingerprint;
  }

  @Override
  public byte[] encode(Object value, TypeRef<?> type) throws IOException {
    if (value.equals("cannot be encoded")) {
      throw new IOException("as asked");
    }
    return ((String) value).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Object decode(byte[] bytes, int offset, int length, TypeRef<?> type) {
    return new String(bytes, offset, length, StandardCharsets.UTF_8);
  }
}
