package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jsendfile.linux.NativeAccess;
import io.github.jsendfile.mechanism.NativeReceive;
import io.github.jsendfile.testkit.Spec;
import org.junit.jupiter.api.Test;

/// The native mechanism forced off from the start, in a run where it could be had.
@Spec("SF-63")
class NativeOffTest {
  @Test
  void nothingForeignIsEvenLookedFor() {
    assumeTrue(
        NativeAccess.isOff("native"), "SKIPPED: nothing is forced off in this run of the suite");
    assertThat(NativeAccess.class.getModule().isNativeAccessEnabled()).isTrue();
    assertThat(NativeAccess.here().kernel()).isNull();
    assertThat(NativeAccess.descriptors()).isNull();
    assertThat(NativeReceive.here()).isNull();
    assertThat(Mechanism.NATIVE.availability().available()).isFalse();
    assertThat(Mechanism.NATIVE.availability().detail()).contains(Availability.OFF_PROPERTY);
  }
}
