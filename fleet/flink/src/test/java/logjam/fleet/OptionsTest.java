package logjam.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
    @Test
    void areReadInAnyOrder() {
        Options options = Options.of("--out", "s3://b/x.digest", "--file-timeout", "7", "--in", "s3://b/one/", "--in", "/two", "--command", " node  cli.js ");
        assertEquals(List.of("s3://b/one/", "/two"), options.in);
        assertEquals(List.of("node", "cli.js"), options.command);
        assertEquals(Duration.ofSeconds(7), options.limit);
        assertEquals(0, options.buckets);
    }

    @ParameterizedTest
    @CsvSource({
        "--in a,                                    --in and --out are needed",
        "--in a --out b --out,                      --out: a value must follow",
        "--in a --out b --wrong c,                  --wrong: there is no such option",
        "--in a --out a/b,                          a/b is below a: the next run would read the result of this one",
        "--in a/ --out a/b,                         a/b is below a/: the next run would read the result of this one",
        "--in a --out b --buckets 0,                --buckets 0: a whole number from 1 on is needed",
        "--in a --out b --file-timeout x,           --file-timeout x: a whole number from 1 on is needed",
        "--in a --out b --executable c --command d, '--executable or --command, not both'",
    })
    void thatCannotBeMeantAreRefused(String args, String why) {
        assertEquals(why, assertThrows(IllegalArgumentException.class, () -> Options.of(args.split(" "))).getMessage());
    }
}
