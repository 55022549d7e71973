package io.sightline.hub.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses bodies that are too large or nested too deep before anything parses them. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE - 10)
final class RequestLimits extends OncePerRequestFilter {
    static final int LARGEST_BODY = 1 << 20;
    static final int DEEPEST_JSON = 64;

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > LARGEST_BODY) {
            Problems.write(request, response, Problems.usual(413));
            return;
        }
        if (request.getContentLengthLong() <= 0 && request.getHeader("Transfer-Encoding") == null) {
            chain.doFilter(request, response);
            return;
        }
        byte[] body = request.getInputStream().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            Problems.write(request, response, Problems.usual(413));
        } else if (tooDeep(body)) {
            Problems.write(request, response, Problem.of(400, "The body is nested deeper than 64 levels."));
        } else {
            chain.doFilter(new ReadRequest(request, body), response);
        }
    }

    /** Counts brackets outside of texts; whether it is JSON at all is for the parser to say. */
    static boolean tooDeep(byte[] body) {
        int depth = 0;
        boolean text = false;
        for (int i = 0; i < body.length; i++) {
            byte letter = body[i];
            if (text) {
                if (letter == '\\') {
                    i++;
                } else if (letter == '"') {
                    text = false;
                }
            } else if (letter == '"') {
                text = true;
            } else if (letter == '{' || letter == '[') {
                depth++;
                if (depth > DEEPEST_JSON) {
                    return true;
                }
            } else if (letter == '}' || letter == ']') {
                depth--;
            }
        }
        return false;
    }

    private static final class ReadRequest extends HttpServletRequestWrapper {
        private final byte[] body;

        ReadRequest(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            return new BodyStream(new ByteArrayInputStream(body));
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }

    private static final class BodyStream extends ServletInputStream {
        private final ByteArrayInputStream bytes;

        BodyStream(ByteArrayInputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("the body is read already");
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return bytes.read(target, offset, length);
        }
    }
}
