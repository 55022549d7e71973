package io.sightline.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InputWishesTest {
    private final PictureInput usual =
            PictureInput.of(PictureInput.Fit.CENTRED, PictureInput.Colours.RGB, PictureInput.Range.UNIT);

    @Test
    void shouldLeaveOpenWhatIsNotWished() {
        assertThat(InputWishes.NONE.over(usual)).isEqualTo(usual);
    }

    @Test
    void shouldTakeOneNumberForAllChannels() {
        var input = wishes(List.of(0.5), List.of(0.25, 0.5, 0.5)).over(usual);

        assertThat(input.mean()).containsExactly(0.5, 0.5, 0.5);
        assertThat(input.alike()).isFalse();
        assertThat(255 * input.factor(0) + input.offset(0)).isCloseTo(2, within(1e-9));
    }

    @Test
    void shouldRefuseNumbersThatMakeNoSense() {
        assertThatThrownBy(() -> wishes(List.of(1.0, 2.0), List.of(0.0)))
                .hasMessageContaining("mean: got [1.0, 2.0]")
                .hasMessageContaining("std: got [0.0]");
    }

    @Test
    void shouldReadSizes() {
        assertThat(InputSize.parse("640x480")).contains(new InputSize(640, 480));
        assertThat(InputSize.parse("640")).isEmpty();
        assertThat(InputSize.parse("1x99999")).isEmpty();
    }

    private static InputWishes wishes(List<Double> mean, List<Double> deviation) {
        return new InputWishes(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), mean, deviation, true);
    }
}
