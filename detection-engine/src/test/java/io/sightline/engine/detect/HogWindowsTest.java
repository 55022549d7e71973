package io.sightline.engine.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class HogWindowsTest {
    private final HogWindows windows = new HogWindows();
    private final Candidates people = new Candidates();

    @Test
    void shouldTellOnePersonWhereWindowsAgree() {
        window(1, 100, 100, 40, 100);
        window(1, 108, 100, 40, 100);
        window(0.5, 100, 108, 40, 100);

        windows.people(0, people);

        assertThat(people.size()).isEqualTo(1);
        assertThat(people.score(0)).isGreaterThan(1.3f);
        assertThat(people.corners(0).left()).isBetween(100f, 108f);
        assertThat(people.corners(0).top()).isBetween(100f, 104f);
    }

    @Test
    void shouldLeaveAWindowThatStandsAloneItsWeight() {
        window(0.3, 100, 100, 40, 100);

        windows.people(0, people);

        assertThat(people.score(0)).isEqualTo(0.3f, within(1e-6f));
        assertThat(people.corners(0)).isEqualTo(new Candidates.Corners(100, 100, 140, 200));
    }

    @Test
    void shouldLetDoubtfulWindowsAgreeOnAPerson() {
        window(-0.2, 100, 100, 40, 100);
        window(-0.2, 104, 100, 40, 100);
        window(-0.2, 300, 100, 40, 100);

        windows.people(0, people);

        assertThat(people.size()).isEqualTo(1);
        assertThat(people.corners(0).left()).isLessThan(110);
    }

    @Test
    void shouldNotTellAPartOfAPersonAsAnother() {
        window(2, 100, 100, 80, 200);
        window(1, 120, 190, 40, 100);

        windows.people(0, people);

        assertThat(people.size()).isEqualTo(1);
    }

    @Test
    void shouldTellTwoSideBySide() {
        window(2, 100, 100, 40, 100);
        window(1, 125, 100, 40, 100);

        windows.people(0, people);

        assertThat(people.size()).isEqualTo(2);
    }

    @Test
    void shouldBearAPictureFullOfWindows() {
        var random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            window(random.nextDouble(), random.nextInt(1000), random.nextInt(1000), 40, 100);
        }

        windows.people(0, people);

        assertThat(people.size()).isBetween(100, 1000);
    }

    @Test
    void shouldTellNobodyWithoutWindows() {
        windows.people(0, people);

        assertThat(people.size()).isZero();
    }

    private void window(double weight, float x, float y, float width, float height) {
        windows.add(weight, new Candidates.Corners(x, y, x + width, y + height));
    }
}
