"""A small ray tracer (pyperformance: raytrace), 60 x 60 points."""

import hashlib

import bm_raytrace
import harness


def work():
    """Check: a digest of the picture.  The scene is that of `bench_raytrace`, which keeps its picture for itself."""
    point = bm_raytrace.Point
    canvas = bm_raytrace.Canvas(60, 60)
    scene = bm_raytrace.Scene()
    scene.addLight(point(30, 30, 10))
    scene.addLight(point(-10, 100, 30))
    scene.lookAt(point(0, 3, 0))
    scene.addObject(bm_raytrace.Sphere(point(1, 3, -10), 2), bm_raytrace.SimpleSurface(baseColour=(1, 1, 0)))
    for y in range(6):
        sphere = bm_raytrace.Sphere(point(-3 - y * 0.4, 2.3, -5), 0.4)
        scene.addObject(sphere, bm_raytrace.SimpleSurface(baseColour=(y / 6.0, 1 - y / 6.0, 0.5)))
    scene.addObject(bm_raytrace.Halfspace(point(0, 0, 0), bm_raytrace.Vector.UP), bm_raytrace.CheckerboardSurface())
    scene.render(canvas)
    return hashlib.sha256(canvas.bytes.tobytes()).hexdigest()


if __name__ == "__main__":
    harness.main(work)
