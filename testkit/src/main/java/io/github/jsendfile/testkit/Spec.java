package io.github.jsendfile.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Names the rows of the specification that a test, or a class of tests, proves. [Conformance]
/// reads it from the sources, so the rows stand there as they are: no constants, no concatenation.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Spec {
  /// The rows.
  ///
  /// @return one or more ids of rows in `docs/spec`, for example `"SF-12"`
  String[] value();
}
