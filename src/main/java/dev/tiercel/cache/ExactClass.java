package dev.tiercel.cache;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.ResolvableSerializer;
import com.fasterxml.jackson.databind.ser.std.BeanSerializerBase;
import java.io.IOException;
import java.lang.reflect.Modifier;

/**
 * Refuses a value of a subclass where a class is declared: it would be written without its further
 * fields, and read back as what it was not.
 */
final class ExactClass extends JsonSerializer<Object> implements ResolvableSerializer {
  private final BeanSerializerBase fields;

  private ExactClass(BeanSerializerBase fields) {
    this.fields = fields;
  }

  /** Puts itself before every class that can have subclasses. */
  static final class Everywhere extends BeanSerializerModifier {
    private static final long serialVersionUID = 1;

    @Override
    public JsonSerializer<?> modifySerializer(
        SerializationConfig config, BeanDescription described, JsonSerializer<?> serializer) {
      return serializer instanceof BeanSerializerBase fields
              && !Modifier.isFinal(described.getBeanClass().getModifiers())
          ? new ExactClass(fields)
          : serializer;
    }
  }

  @Override
  public void serialize(Object value, JsonGenerator out, SerializerProvider provider)
      throws IOException {
    if (value.getClass() != fields.handledType()) {
      throw JsonMappingException.from(
          out,
          "a %s stands where a %s is declared, and would not come back as one"
              .formatted(value.getClass().getName(), fields.handledType().getName()));
    }
    fields.serialize(value, out, provider);
  }

  @Override
  public void resolve(SerializerProvider provider) throws JsonMappingException {
    fields.resolve(provider);
  }

  @Override
  public Class<Object> handledType() {
    return fields.handledType();
  }
}
