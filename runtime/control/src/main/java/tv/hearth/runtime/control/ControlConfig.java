package tv.hearth.runtime.control;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** PID {@code tv.hearth.runtime.control}. */
@ObjectClassDefinition(name = "Hearth control", description = "Commands from this machine")
@interface ControlConfig {
  /** The listener's port. */
  @AttributeDefinition(
      description = "Port on 127.0.0.1; 0 takes any that is free and writes it to control.json")
  int port() default 0;

  /** File that gets address and token. */
  @AttributeDefinition(
      description = "File, for its owner alone, that gets the address and a fresh token")
  String file();
}
