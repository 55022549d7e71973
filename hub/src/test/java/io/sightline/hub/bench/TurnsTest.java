package io.sightline.hub.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;

class TurnsTest {
    @Test
    void shouldMeasureInTurnAndLeaveOutTheWarmUp() throws Exception {
        var calls = new ArrayList<String>();

        Turns turns = Turns.take(
                () -> {
                    calls.add("ours");
                    return calls.size() > 9 ? 10 : 1000;
                },
                () -> {
                    calls.add("reference");
                    return calls.size() > 9 ? 9 : 1;
                },
                10);

        assertThat(calls).hasSize(39).startsWith("reference", "ours", "reference", "reference");
        assertThat(turns).isEqualTo(new Turns(10, 9, 0.9, 0));
    }

    @Test
    void shouldTellHowFarTheReferenceDiffersFromItself() {
        double[] first = {10, 10, 10, 10, 10, 10, 10, 10};
        double[] second = {10, 10, 8, 10, 10, 10, 8, 2};

        assertThat(Turns.spread(first, first)).isZero();
        assertThat(Turns.spread(first, second)).isCloseTo(0.25, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({
        "0.90, 0.95, 0.96, 0.01, AIM_REACHED",
        "0.90, 0.95, 0.94, 0.01, PASSED",
        "0.90, 0.95, 0.80, 0.01, MISSED",
        "0.90, 0.95, 0.91, 0.05, INCONCLUSIVE",
        "0.90, 0.95, 0.89, 0.05, INCONCLUSIVE",
        "1.25, 1.10, 1.05, 0.01, AIM_REACHED",
        "1.25, 1.10, 1.20, 0.01, PASSED",
        "1.25, 1.10, 1.40, 0.01, MISSED",
    })
    void shouldJudgeOnlyWhatIsFartherFromTheLimitThanTheReferenceFromItself(ArgumentsAccessor row) {
        var limit = new Limit(row.getDouble(0), row.getDouble(1));

        assertThat(limit.verdict(row.getDouble(2), row.getDouble(3))).isEqualTo(row.get(4, Verdict.class));
    }

    @Test
    void shouldShowFiguresAsTableAndJson() throws Exception {
        var figures = List.of(
                new Turns(10, 9, 0.9, 0.01).figure("P1", "cost", new Limit(0.8, 0.95)),
                Figure.skipped("P5", "gate", "not here"),
                Figure.alone("P3", "garbage", 2048, Verdict.MISSED).with("a note"));

        assertThat(FigureTable.text(figures).lines())
                .element(1)
                .asString()
                .matches("P1 +cost +10.00 +9.00 +0.900 +1.0 % +passed");
        assertThat(FigureTable.text(figures))
                .contains("skipped\n        not here\n", " 2048 ", "missed\n        a note");
        var json = new ObjectMapper().readTree(FigureTable.json(figures));
        assertThat(json.at("/0/ratio").asDouble()).isEqualTo(0.9);
        assertThat(json.at("/0/verdict").asText()).isEqualTo("passed");
        assertThat(json.at("/1/ours").isMissingNode()).isTrue();
    }
}
