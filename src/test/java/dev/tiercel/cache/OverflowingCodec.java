package dev.tiercel.cache;

import java.io.IOException;

/** Calls itself too often for some values. */
final class OverflowingCodec extends ForwardingCodec {
  OverflowingCodec() {
    super(new TextCodec());
  }

  @Override
  public byte[] encode(Object value, TypeRef<?> type) throws IOException {
    if (value.equals("deep")) {
      throw new StackOverflowError("as asked");
    }
    return super.encode(value, type);
  }

  @Override
  public Object decode(byte[] bytes, int offset, int length, TypeRef<?> type) throws IOException {
    Object text = super.decode(bytes, offset, length, type);
    if (text.equals("deep to read")) {
      throw new StackOverflowError("as asked");
    }
    return text;
  }
}
