package io.sightline.engine.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressSecretsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rtsp://hub:pw@192.0.2.1/a | rtsp://***@192.0.2.1/a",
                "rtsp://hub:p@w@192.0.2.1/a | rtsp://***@192.0.2.1/a",
                "rtsp://hub:pa/ss@host/x | rtsp://***@host/x",
                "rtsp://hub:pa ss@host/x | rtsp://***@host/x",
                "rtsp://hub:pa?s=s@host/x | rtsp://***@host/x",
                "rtsp://hub:pa#ss@host/x | rtsp://***@host/x",
                "rtsp://hub:12/34@host | rtsp://***@host",
                "rtsp://hub:12?34@host | rtsp://***@host",
                "rtsp://hub:p@a/ss@host/x | rtsp://***@host/x",
                "rtsp:hub:pw@host/x | rtsp:***@host/x",
                "rtsp:/hub:pw@host/x | rtsp:/***@host/x",
                "hub:pw@host:554/x | hub:***@host:554/x",
                "http://192.0.2.1/a?to=rtsp://u:pw@h/x | http://192.0.2.1/a?to=rtsp://***@h/x",
                "rtsp://192.0.2.1/user=admin&password=X&channel=1&stream=0.sdp | rtsp://192.0.2.1/user=admin&password=***&channel=1&stream=0.sdp",
                "rtsp://192.0.2.1/user=admin_password=X9_channel=1 | rtsp://192.0.2.1/user=admin_password=***_channel=1",
                "rtsp://192.0.2.1/user=admin_password=_channel=1 | rtsp://192.0.2.1/user=admin_password=_channel=1",
                "http://192.0.2.1:80/v.cgi?loginuse=a&loginpas=p@s/s#1&x=2 | http://192.0.2.1:80/v.cgi?loginuse=a&loginpas=***&x=2",
                "http://cam:80/v.cgi?PWD=a;mode=1 | http://cam:80/v.cgi?PWD=***;mode=1",
                "objects:udp://u:pw@192.0.2.1:9 | objects:udp://***@192.0.2.1:9",
                "file://hub:pw@host/a@b.mp4 | file://***@host/a@b.mp4",
            })
    void shouldHideLoginsAndParameters(String address, String shown) {
        assertThat(AddressSecrets.hidden(address)).isEqualTo(shown);
        assertThat(AddressSecrets.isHidden(shown)).isEqualTo(shown.contains("***"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rtsp://192.0.2.1:554/ch@2?a=b",
                "rtsp://[2001:db8::1]:554/ch@2",
                "rtsp://[2001:db8::1]/ch@2",
                "rtsp://cam/ch@2",
                "http://cam:80/v.cgi?mail=a@b",
                "file:videos/a:b@c_key=1.mp4",
                "file:///videos/a@b_key=1.mp4",
                "folder:/srv/a:b@c",
                "v4l2:serial=A@1",
                "demo:crossing",
                "Gate 1: joe@example.com",
                "a_key=1/pass=2",
                "",
            })
    void shouldLeaveWhatHoldsNone(String text) {
        assertThat(AddressSecrets.hidden(text)).isEqualTo(text);
        assertThat(AddressSecrets.hiddenIn(text)).isEqualTo(text);
        assertThat(AddressSecrets.replaced(text, secret -> "?")).isEqualTo(text);
        assertThat(AddressSecrets.isHidden(text)).isFalse();
        assertThat(AddressSecrets.doubt(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true | rtsp://hub:pa/ss@host/x",
                "true | rtsp://hub:12/34@host",
                "true | rtsp://hub:12?34@host",
                "true | rtsp://hub:12#34@host",
                "true | rtsp://hub:p@a/ss@host/x",
                "false | rtsp://hub:pw@host/x",
                "false | rtsp://hub:p@w@host:554/x",
                "false | rtsp://hub:pw@host/x?mail=a@b",
                "false | rtsp://hub:pa%2Fss@host/x",
            })
    void shouldSayWhereNobodyCanTellTheLogin(boolean doubtful, String address) {
        assertThat(AddressSecrets.doubt(address).isPresent()).isEqualTo(doubtful);
    }

    @Test
    void shouldHideThemInSentences() {
        assertThat(AddressSecrets.hiddenIn("cannot open 'http://u:p/w@h/x?token=1' by a@b, nor rtsp://hub:pw@host."))
                .isEqualTo("cannot open 'http://***@h/x?token=*** by a@b, nor rtsp://***@host.");
    }

    @Test
    void shouldPutSomethingElseInTheirPlaceButForReferences() {
        assertThat(AddressSecrets.replaced(
                        "rtsp://u:pw@192.0.2.1/a_password=x_b=1?key=${K}", secret -> "[" + secret + "]"))
                .isEqualTo("rtsp://u:[pw]@192.0.2.1/a_password=[x]_b=1?key=${K}");
    }
}
