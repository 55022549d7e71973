package io.sightline.camera;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * A process of its own with a camera, for whose pictures there is or is no memory outside the heap: prints the first state
 * that says so, or the first frame, and ends.
 */
final class ScarceCamera {
    private final CountDownLatch told = new CountDownLatch(1);

    private ScarceCamera() {}

    public static void main(String[] arguments) throws Exception {
        new ScarceCamera().run();
    }

    private void run() throws Exception {
        CameraListener listener = (id, status) -> {
            if (status.state() != CameraStatus.State.ONLINE) {
                tell(status.state() + " " + status.code() + " " + status.reason());
            }
        };
        try (var camel = new DefaultCamelContext()) {
            camel.getRegistry().bind("listener", listener);
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("camera:gate?uri=demo:crossing&realtime=false").process(exchange -> tell("frame"));
                }
            });
            camel.start();
            if (!told.await(1, TimeUnit.MINUTES)) {
                System.out.println("nothing was told");
            }
            told.countDown();
        }
        System.out.println("stopped");
    }

    private void tell(String line) {
        synchronized (told) {
            if (told.getCount() > 0) {
                System.out.println(line);
                told.countDown();
            }
        }
    }
}
