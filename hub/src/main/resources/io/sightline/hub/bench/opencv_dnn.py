"""What a Python user of OpenCV would write: YOLOX by cv2.dnn. For each line on standard input it looks at all frames
once and prints the CPU milliseconds per frame. Arguments: model, video, number of frames.

Sources: the YOLOX model card (letterbox to the upper left, grey 114, BGR from 0 to 255, strides 8, 16 and 32)."""
import sys
import time

import cv2
import numpy

SIDE, CONFIDENCE, OVERLAP = 416, 0.1, 0.65


def letterbox(picture):
    ratio = min(SIDE / picture.shape[0], SIDE / picture.shape[1])
    size = (int(picture.shape[1] * ratio), int(picture.shape[0] * ratio))
    canvas = numpy.full((SIDE, SIDE, 3), 114, dtype=numpy.uint8)
    canvas[:size[1], :size[0]] = cv2.resize(picture, size, interpolation=cv2.INTER_LINEAR)
    return canvas, ratio


def cells():
    places, sizes = [], []
    for stride in (8, 16, 32):
        count = SIDE // stride
        x, y = numpy.meshgrid(numpy.arange(count), numpy.arange(count))
        places.append(numpy.stack((x, y), 2).reshape(-1, 2))
        sizes.append(numpy.full((count * count, 1), stride))
    return numpy.concatenate(places), numpy.concatenate(sizes)


def detect(network, picture, places, sizes):
    canvas, ratio = letterbox(picture)
    network.setInput(cv2.dnn.blobFromImage(canvas))
    output = network.forward()[0]
    scores = output[:, 4] * output[:, 5]  # person is the first class
    keep = scores > CONFIDENCE
    centres = (output[keep, :2] + places[keep]) * sizes[keep]
    spans = numpy.exp(output[keep, 2:4]) * sizes[keep]
    boxes = numpy.concatenate((centres - spans / 2, spans), 1) / ratio
    chosen = cv2.dnn.NMSBoxes(boxes.tolist(), scores[keep].tolist(), CONFIDENCE, OVERLAP)
    return boxes[numpy.array(chosen, dtype=int).flatten()]


def main():
    cv2.setNumThreads(1)
    network = cv2.dnn.readNetFromONNX(sys.argv[1])
    video = cv2.VideoCapture(sys.argv[2])
    frames = [video.read()[1] for _ in range(int(sys.argv[3]))]
    places, sizes = cells()
    found = sum(len(detect(network, frame, places, sizes)) for frame in frames)
    print("ready", cv2.__version__, found, flush=True)
    for _ in sys.stdin:
        start = time.process_time()
        for frame in frames:
            detect(network, frame, places, sizes)
        print((time.process_time() - start) * 1000 / len(frames), flush=True)


main()
