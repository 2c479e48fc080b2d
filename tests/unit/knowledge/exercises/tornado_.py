"""tornado and pyzmq: submodules as attributes, a binding by its name."""

import tornado
import zmq

tornado.template.Template("{{x}}").generate(x=1)
tornado.web.Application()
context = zmq.Context()
socket = context.socket(zmq.REP)
socket.bind_to_random_port("tcp://127.0.0.1")
socket.close()
context.term()
