import type { LookupAddress } from "node:dns";
import type { RequestListener } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import { fetchOutbound, type OutboundPolicy, type OutboundRequest } from "#server/outbound/fetch-outbound.ts";
import type { Network } from "#server/outbound/network.ts";
import { selfSigned } from "#tests/servers/self-signed.ts";
import { startWebServer, type WebTestServer } from "#tests/servers/web-server.ts";

const LOOPBACK: LookupAddress[] = [{ address: "127.0.0.1", family: 4 }];
const servers: WebTestServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function serve(answer: RequestListener, address?: string, port?: number): Promise<WebTestServer> {
  const server = await startWebServer(answer, address, port);
  servers.push(server);
  return server;
}

/** A network where `names` resolve as said, counting what was asked, and whose `open` places may be private. */
function makeNetwork(names: Record<string, LookupAddress[] | LookupAddress[][]>, open: string[] = []) {
  const asked: string[] = [];
  const network: Network = {
    allowPrivate: new Set(open),
    async resolve(host) {
      asked.push(host);
      const answers = names[host] ?? [];
      const turn = asked.filter((name) => name === host).length - 1;
      const nested = Array.isArray(answers[0]) ? (answers as LookupAddress[][]) : null;
      return nested ? (nested[turn] ?? []) : (answers as LookupAddress[]);
    },
  };
  return { network, asked };
}

/** One server called `idp.test`, which may be private, and a call to it. */
async function makeIdp(answer: RequestListener, more: Partial<OutboundPolicy> = {}) {
  const server = await serve(answer);
  const place = `idp.test:${server.port}`;
  const { network, asked } = makeNetwork({ "idp.test": LOOPBACK }, [place]);
  const policy: OutboundPolicy = { integration: "oidc", hosts: [place], ...more };
  const call = (path = "/", request: OutboundRequest = {}) =>
    fetchOutbound(policy, `http://${place}${path}`, request, network);
  return { server, place, asked, policy, network, call };
}

describe("fetchOutbound goes", () => {
  test("to a listed host, at the address that was resolved, and gives a standard Response", async () => {
    const { call, server, asked, place } = await makeIdp((request, response) => {
      response.setHeader("set-cookie", ["a=1", "b=2"]);
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ host: request.headers.host, accept: request.headers["accept-encoding"] }));
    });
    const response = await call("/.well-known/openid-configuration", { headers: { host: "evil.test" } });
    // `idp.test` exists for no system resolver: the answer itself proves that the checked address was used.
    expect(await response.json()).toEqual({ host: place, accept: "identity" });
    expect([response.status, response.ok, response.url]).toEqual([
      200,
      true,
      `http://${place}/.well-known/openid-configuration`,
    ]);
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect([server.requests.length, asked]).toEqual([1, ["idp.test"]]);
  });

  test("with a form or a body", async () => {
    const { call } = await makeIdp(async (request, response) => {
      const parts = await request.toArray();
      response.end(`${request.method} ${request.headers["content-type"]} ${Buffer.concat(parts)}`);
    });
    const form = await call("/token", { method: "post", body: new URLSearchParams({ code: "a b" }) });
    expect(await form.text()).toBe("POST application/x-www-form-urlencoded;charset=UTF-8 code=a+b");
    const json = await call("/", { method: "PUT", body: '{"é":1}', headers: { "content-type": "application/json" } });
    expect(await json.text()).toBe('PUT application/json {"é":1}');
    expect((await call("/", { method: "HEAD" })).status).toBe(200);
  });

  test("and passes on what the other side says, errors and empty answers included", async () => {
    const { call } = await makeIdp((request, response) => {
      response.writeHead(Number(request.url?.slice(1))).end();
    });
    for (const status of [204, 304, 400, 404, 500]) expect((await call(`/${status}`)).status).toBe(status);
  });
});

describe("fetchOutbound refuses, without a connection,", () => {
  test.each([
    ["loopback", [{ address: "127.0.0.1", family: 4 }]],
    ["IPv6 loopback", [{ address: "::1", family: 6 }]],
    ["a mapped loopback", [{ address: "::ffff:127.0.0.1", family: 6 }]],
    ["cloud metadata", [{ address: "169.254.169.254", family: 4 }]],
    ["a private network", [{ address: "10.0.0.5", family: 4 }]],
    ["a public address with a private one beside it", [{ address: "8.8.8.8", family: 4 }, ...LOOPBACK]],
  ])("a name that leads to %s", async (_what, addresses) => {
    const server = await serve((_request, response) => response.end("secret"));
    const place = `idp.test:${server.port}`;
    const { network } = makeNetwork({ "idp.test": addresses });
    const call = fetchOutbound({ integration: "oidc", hosts: [place] }, `https://${place}/`, {}, network);
    await expect(call).rejects.toMatchObject({ code: "PrivateAddress" });
    expect(server.requests).toEqual([]);
  });

  test("literals of private addresses in any spelling, even when settings list them", async () => {
    const { network, asked } = makeNetwork({});
    for (const host of [
      "127.0.0.1",
      "[::1]",
      "[::ffff:7f00:1]",
      "0x7f.1",
      "2130706433",
      "0177.0.0.1",
      "169.254.169.254",
    ]) {
      const hosts = [new URL(`https://${host}/`).hostname];
      const listed = hosts.map((name) => (name.startsWith("[") ? `${name}:443` : name));
      await expect(
        fetchOutbound({ integration: "oidc", hosts: listed }, `https://${host}/`, {}, network),
        host,
      ).rejects.toMatchObject({
        code: "PrivateAddress",
      });
    }
    expect(asked).toEqual([]);
  });

  test("hosts and ports that are not listed, however alike", async () => {
    const { network, asked } = makeNetwork({ "idp.test": LOOPBACK });
    const addresses = [
      "https://idp.test.evil.test/",
      "https://evil.test/idp.test",
      "https://idp.test:8443/",
      "https://xidp.test/",
    ];
    for (const address of addresses) {
      const call = fetchOutbound({ integration: "oidc", hosts: ["idp.test"] }, address, {}, network);
      await expect(call, address).rejects.toMatchObject({ code: "NotListed" });
    }
    await expect(fetchOutbound({ integration: "oidc" }, "https://idp.test/", {}, network)).rejects.toMatchObject({
      code: "NotListed",
    });
    expect(asked).toEqual([]);
  });

  test("what is not https, or hides credentials, or is no address", async () => {
    const { network } = makeNetwork({ "idp.test": LOOPBACK });
    for (const address of [
      "http://idp.test/",
      "ftp://idp.test/",
      "file:///etc/passwd",
      "https://idp.test@evil.test/",
      "https://a:b@idp.test/",
      "idp.test",
    ]) {
      const call = fetchOutbound({ integration: "oidc", hosts: ["idp.test", "idp.test:80"] }, address, {}, network);
      await expect(call, address).rejects.toMatchObject({ code: "BadAddress" });
    }
  });

  test("a name that does not resolve, in an error without the address in it", async () => {
    const { network } = makeNetwork({});
    const call = fetchOutbound(
      { integration: "oidc", hosts: ["idp.test"] },
      "https://idp.test/?token=secret",
      {},
      network,
    );
    const error: Error = await call.then(
      () => expect.fail("answered"),
      (caught) => caught,
    );
    expect(error).toMatchObject({ code: "UnknownHost" });
    expect(error.message).not.toMatch(/idp\.test|secret/);
  });
});

describe("a name that changes its answer (DNS rebinding)", () => {
  test("is asked once, and only the checked address is connected to", async () => {
    const checked = await serve((_request, response) => response.end("checked"), "127.0.0.1");
    const swapped = await serve((_request, response) => response.end("swapped"), "127.0.0.2", checked.port);
    const place = `idp.test:${checked.port}`;
    const { network, asked } = makeNetwork({ "idp.test": [LOOPBACK, [{ address: "127.0.0.2", family: 4 }]] }, [place]);
    const response = await fetchOutbound({ integration: "oidc", hosts: [place] }, `http://${place}/`, {}, network);
    expect(await response.text()).toBe("checked");
    expect([asked, swapped.requests]).toEqual([["idp.test"], []]);
  });

  test("is checked anew at each redirect", async () => {
    const server = await serve((_request, response) =>
      response.writeHead(302, { location: "https://moved.test/" }).end(),
    );
    const place = `idp.test:${server.port}`;
    const { network, asked } = makeNetwork({ "idp.test": LOOPBACK, "moved.test": LOOPBACK }, [place]);
    const call = fetchOutbound({ integration: "oidc", hosts: [place, "moved.test"] }, `http://${place}/`, {}, network);
    await expect(call).rejects.toMatchObject({ code: "PrivateAddress" });
    expect(asked).toEqual(["idp.test", "moved.test"]);
  });
});

describe("redirects", () => {
  test.each([
    ["a private address", "http://169.254.169.254/latest/meta-data", "BadAddress"],
    ["a private address over https", "https://127.0.0.1/", "NotListed"],
    ["a host that is not listed", "https://elsewhere.test/", "NotListed"],
    ["another port", "http://idp.test:1/", "BadAddress"],
    ["a file", "file:///etc/passwd", "BadAddress"],
    ["nonsense", "https://[", "BadAddress"],
  ])("to %s are refused", async (_what, location, code) => {
    const { call } = await makeIdp((_request, response) => response.writeHead(302, { location }).end());
    await expect(call()).rejects.toMatchObject({ code });
  });

  test("within the host are followed, so many and no more", async () => {
    const { call, server } = await makeIdp(
      (request, response) => {
        const left = Number(request.url?.slice(1));
        if (left > 0) return response.writeHead(301, { location: `/${left - 1}` }).end();
        return response.end("here");
      },
      { maxRedirects: 2 },
    );
    expect(await (await call("/2")).text()).toBe("here");
    await expect(call("/3")).rejects.toMatchObject({ code: "TooManyRedirects" });
    expect(server.requests).toHaveLength(6);
  });

  test("turn a POST into a GET as browsers do, and carry no secret or body to another origin", async () => {
    const seen: string[] = [];
    const other = await serve((request, response) => {
      seen.push(`${request.method} ${request.headers.authorization} ${request.headers.cookie}`);
      response.end();
    });
    const { network, policy, place } = await makeIdp((request, response) => {
      response.writeHead(Number(request.url?.slice(1)), { location: `http://other.test:${other.port}/` }).end();
    });
    const wide: Network = {
      allowPrivate: new Set([place, `other.test:${other.port}`]),
      resolve: async (host) => (host === "other.test" ? LOOPBACK : network.resolve(host)),
    };
    const post = (status: number) =>
      fetchOutbound(
        { ...policy, hosts: [place, `other.test:${other.port}`] },
        `http://${place}/${status}`,
        { method: "POST", body: "client_secret=x", headers: { authorization: "Basic x", cookie: "a=1" } },
        wide,
      );
    await post(302);
    await post(303);
    await expect(post(307)).rejects.toMatchObject({ code: "BadRedirect" });
    expect(seen).toEqual(["GET undefined undefined", "GET undefined undefined"]);
  });
});

describe("bounds", () => {
  test("an answer that is too large is given up, announced or not", async () => {
    let sent = 0;
    const { call } = await makeIdp(
      async (request, response) => {
        if (request.url === "/announced") response.setHeader("content-length", 5_000_000);
        response.on("error", () => undefined);
        for (sent = 0; sent < 5_000_000 && !response.destroyed; sent += 50_000) {
          response.write(Buffer.alloc(50_000));
          await new Promise((resolve) => setImmediate(resolve));
        }
        response.end();
      },
      { maxBytes: 100_000 },
    );
    await expect(call("/announced")).rejects.toMatchObject({ code: "TooLarge" });
    await expect(call("/unannounced")).rejects.toMatchObject({ code: "TooLarge" });
  });

  test("a compressed answer is refused: a few bytes may unfold into gigabytes", async () => {
    const { call } = await makeIdp((_request, response) => {
      response.setHeader("content-encoding", "gzip");
      response.end(gzipSync(Buffer.alloc(1_000_000)));
    });
    await expect(call()).rejects.toMatchObject({ code: "BadAnswer" });
  });

  test("one deadline covers a slow resolver, a silent server, a trickling body and redirects in a row", async () => {
    const { call, policy, place, network } = await makeIdp(
      (request, response) => {
        if (request.url === "/silent") return;
        if (request.url === "/loop") {
          setTimeout(() => response.writeHead(302, { location: "/loop" }).end(), 120);
          return;
        }
        response.write("a");
        const trickle = setInterval(() => response.write("a"), 20);
        response.on("close", () => clearInterval(trickle));
      },
      { timeoutMs: 250, maxRedirects: 20 },
    );
    const never: Network = { ...network, resolve: () => new Promise(() => undefined) };
    const begun = performance.now();
    for (const path of ["/silent", "/trickle", "/loop"])
      await expect(call(path)).rejects.toMatchObject({ code: "TimedOut" });
    await expect(fetchOutbound(policy, `http://${place}/`, {}, never)).rejects.toMatchObject({ code: "TimedOut" });
    expect(performance.now() - begun).toBeLessThan(4000);
  });

  test("a connection that is refused or cut is said to be unreachable", async () => {
    const { call, server } = await makeIdp((request, response) => {
      response.write("a");
      setTimeout(() => request.socket.destroy(), 20);
    });
    await expect(call()).rejects.toMatchObject({ code: "Unreachable" });
    await server.close();
    await expect(call()).rejects.toMatchObject({ code: "Unreachable" });
  });

  test("a server that cannot prove its name over TLS is not spoken to", async () => {
    const requests: string[] = [];
    const server = createHttpsServer(selfSigned, (request, response) => {
      requests.push(request.url ?? "");
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const place = `idp.test:${(server.address() as AddressInfo).port}`;
    const { network } = makeNetwork({ "idp.test": LOOPBACK }, [place]);
    const error = await fetchOutbound({ integration: "oidc", hosts: [place] }, `https://${place}/`, {}, network).catch(
      (e) => e,
    );
    expect(error).toMatchObject({ code: "Unreachable", cause: { code: "DEPTH_ZERO_SELF_SIGNED_CERT" } });
    expect(requests).toEqual([]);
    server.close();
  });
});
