"""A proxy in front of a server, which can be cut, or swallow what passes through it."""

import asyncio
import contextlib
import threading


class CuttingProxy:
    """`cut()` closes every connection and lets nobody in, `hang()` keeps them and passes nothing on,
    `mend()` ends either."""

    def __init__(self, port, target):
        self.port, self.target = port, target
        self.hanging = False
        self.server = None
        self.writers = set()
        self.loop = asyncio.new_event_loop()

    def __enter__(self):
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.mend()
        return self

    def __exit__(self, *problem):
        self.cut()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
        self.loop.close()

    def cut(self):
        self._run(self._cut())

    def hang(self):
        self.hanging = True

    def mend(self):
        if self.hanging:  # what was swallowed is lost: those connections are of no use any more
            self.hanging = False
            self._run(self._drop())
        if self.server is None:
            self._run(self._open())

    def _run(self, work):
        asyncio.run_coroutine_threadsafe(work, self.loop).result(10)

    async def _open(self):
        self.server = await asyncio.start_server(self._pass, "127.0.0.1", self.port)

    async def _cut(self):
        if self.server is not None:
            self.server.close()
            self.server = None
        await self._drop()

    async def _drop(self):
        for writer in list(self.writers):
            writer.transport.abort()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        if others:
            await asyncio.wait(others, timeout=5)

    async def _pass(self, reader, writer):
        try:
            inner = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.transport.abort()
            return
        ends = {writer, inner[1]}
        self.writers |= ends
        flows = [self._flow(reader, inner[1]), self._flow(inner[0], writer)]
        try:
            await asyncio.wait(map(asyncio.ensure_future, flows), return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.writers -= ends
            for end in ends:
                end.close()

    async def _flow(self, reader, writer):
        with contextlib.suppress(OSError):
            while data := await reader.read(65_536):
                if not self.hanging:
                    writer.write(data)
                    await writer.drain()
