package dev.tiercel.cache;

import java.io.IOException;

/** A codec that has another one do everything. */
class ForwardingCodec implements Codec {
  private final Codec to;

  ForwardingCodec(Codec to) {
    this.to = to;
  }

  @Override
  public String id() {
    return to.id();
  }

  @Override
  public long fingerprint(TypeRef<?> type) {
    return to.fingerprint(type);
  }

  @Override
  public byte[] encode(Object value, TypeRef<?> type) throws IOException {
    return to.encode(value, type);
  }

  @Override
  public Object decode(byte[] bytes, int offset, int length, TypeRef<?> type) throws IOException {
    return to.decode(bytes, offset, length, type);
  }
}
