package io.sightline.hub.webhooks;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.ssl.TLS;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends to one endpoint, over connections of its own. Follows no redirect, repeats nothing by itself, keeps no cookie,
 * uses no proxy. Each address is checked as it is connected to. Any thread; each call blocks until the answer is there.
 */
final class WebhookClient implements Closeable {
    static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    static final Duration ANSWER_LIMIT = Duration.ofSeconds(15);
    static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

    private static final int CONNECTIONS = 4;
    private static final int MOST_READ = 16 << 10;
    private static final int MOST_KEPT = 1 << 10;
    private static final long LOOK_MILLIS = 100;

    private final WebhookAddress address;
    private final WebhookGuard guard;
    private final ScheduledExecutorService timer;
    private final Clock clock;
    private final CloseableHttpClient http;

    /**
     * What came back.
     *
     * @param retryAfter how long the receiver wants to be left alone, at most 15 minutes
     * @param excerpt the first 1 KiB of the body at most, without controls
     */
    record Answer(int status, Optional<Duration> retryAfter, String excerpt) {}

    /** What all clients share. @param timer ends requests that take too long */
    record Tools(WebhookGuard guard, ScheduledExecutorService timer, Clock clock) {}

    WebhookClient(WebhookAddress address, Tools tools) {
        this.address = address;
        this.guard = tools.guard();
        this.timer = tools.timer();
        this.clock = tools.clock();
        this.http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new Checked())
                        .setMaxConnTotal(CONNECTIONS)
                        .setMaxConnPerRoute(CONNECTIONS)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(CONNECT_LIMIT))
                                .setSocketTimeout(Timeout.of(ANSWER_LIMIT))
                                .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                                .setTimeToLive(TimeValue.ofMinutes(5))
                                .build())
                        .setDefaultTlsConfig(TlsConfig.custom()
                                .setHandshakeTimeout(Timeout.of(CONNECT_LIMIT))
                                .setSupportedProtocols(TLS.V_1_2, TLS.V_1_3)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.of(CONNECT_LIMIT))
                        .setResponseTimeout(Timeout.of(ANSWER_LIMIT))
                        .setRedirectsEnabled(false)
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .setUserAgent("Sightline-Webhooks/1")
                .build();
    }

    /**
     * @param goOn asked ten times a second; false ends the request
     * @throws IOException if no answer came; the message is for people and holds no path
     */
    Answer post(Map<String, String> headers, byte[] body, BooleanSupplier goOn) throws IOException {
        guard.check(address.host(), address.port(), address.isPlain()); // also where a connection is still open
        var request = new HttpPost(address.uri());
        headers.forEach(request::setHeader);
        request.setEntity(new ByteArrayEntity(body, null));
        long deadline = System.nanoTime() + CONNECT_LIMIT.plus(ANSWER_LIMIT).toNanos();
        var watch = timer.scheduleWithFixedDelay(
                () -> {
                    if (System.nanoTime() > deadline || !goOn.getAsBoolean()) {
                        request.cancel();
                    }
                },
                LOOK_MILLIS,
                LOOK_MILLIS,
                TimeUnit.MILLISECONDS);
        try (ClassicHttpResponse response = http.executeOpen(
                new HttpHost(
                        address.uri().getScheme(),
                        address.uri().getHost(),
                        address.uri().getPort()),
                request,
                HttpClientContext.create())) {
            return new Answer(response.getCode(), retryAfter(response), excerpt(response));
        } catch (IOException e) {
            if (!request.isCancelled()) {
                throw e;
            }
            throw System.nanoTime() > deadline
                    ? new SocketTimeoutException("no whole answer in 20 s")
                    : new StoppedException("the route stops; the event stays in its queue");
        } finally {
            watch.cancel(false);
        }
    }

    private Optional<Duration> retryAfter(ClassicHttpResponse response) {
        Header header = response.getFirstHeader("Retry-After");
        return header == null ? Optional.empty() : wait(header.getValue(), clock.instant());
    }

    /** Seconds or a date; nothing where it is neither, at most 15 minutes. */
    static Optional<Duration> wait(String value, Instant now) {
        Duration wanted;
        try {
            wanted = value.strip().matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(value.strip()))
                    : Duration.between(
                            now,
                            ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
        if (wanted.isNegative()) {
            return Optional.of(Duration.ZERO);
        }
        return Optional.of(wanted.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wanted);
    }

    /** Reads 16 KiB at most; what is longer costs the connection. */
    private static String excerpt(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        InputStream content = entity == null ? null : entity.getContent();
        if (content == null) {
            return "";
        }
        byte[] read = content.readNBytes(MOST_READ);
        String text = new String(read, 0, Math.min(read.length, MOST_KEPT), StandardCharsets.UTF_8);
        return text.replaceAll("[\\p{Cntrl}\uFFFD]", " ").strip();
    }

    @Override
    public void close() {
        http.close(CloseMode.IMMEDIATE);
    }

    /** Gives the connection only addresses that are allowed now. */
    private final class Checked implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            return guard.check(host, address.port(), address.isPlain()).toArray(InetAddress[]::new);
        }

        @Override
        public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
            return guard.check(host, port, address.isPlain()).stream()
                    .map(one -> new InetSocketAddress(one, port))
                    .toList();
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
