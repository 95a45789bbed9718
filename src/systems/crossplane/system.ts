/** crossplane: the container runtime of its composition functions. */
import { jsonText } from "../../go/json-text.ts";
import type { Json } from "../../json/value.ts";
import type { Operation, System } from "../system.ts";
import { passwdAnswer, quantityAnswer } from "./answers.ts";
import { makeBundle } from "./make-bundle.ts";
import { makeConfig } from "./make-config.ts";
import { readOptions } from "./options.ts";
import { parsePasswd } from "./passwd.ts";
import { parsePasswdFiles } from "./passwd-files.ts";
import { planBundle } from "./plan-bundle.ts";
import {
  readBundleRequest,
  readConfigRequest,
  readPasswdFileStates,
  readPasswdTexts,
  readQuantityRequest,
  readWriteRequest,
} from "./read-request.ts";

const config = operation("config.json from options applied in order", (request) =>
  makeConfig(readConfigRequest(request)),
);

const write = operation("the text of config.json, as it is written", (request) =>
  jsonText(makeConfig(readWriteRequest(request))),
);

const bundle = operation("config.json of the bundle of an image", (request) => makeBundle(readBundleRequest(request)));

const quantity = operation("Kubernetes quantities as bytes, thousandths of a CPU, shares and quota", (request) =>
  readQuantityRequest(request).values.map(quantityAnswer),
);

const passwdTexts = operation("what the texts of a passwd and a group file say", (request) => {
  const { passwd, group } = readPasswdTexts(request);
  return passwdAnswer(parsePasswd(passwd, group));
});

const passwdFiles = operation(
  "what the passwd and group files of an image say, either of which may be missing",
  (request) =>
    passwdAnswer(parsePasswdFiles({ ...readPasswdFileStates(request), passwdPath: "passwd", groupPath: "group" })),
);

/** No operation takes more options than the revision. */
function operation(title: string, run: (request: Json) => Json): Operation {
  return {
    effects: "none",
    title,
    run(request, options) {
      readOptions(options);
      return run(request);
    },
  };
}

const exampleRequest: Json = {
  options: [
    {
      kind: "imageConfig",
      config: {
        entrypoint: ["/function"],
        env: ["LOG_LEVEL=info"],
        workingDir: "/tmp",
        user: "nonroot",
      },
      passwd: "root:x:0:0:root:/root:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n",
      group: "root:x:0:\nnonroot:x:65532:\n",
    },
    { kind: "rootFS", path: "rootfs", readonly: true },
    { kind: "runFunctionConfig", cpu: "100m", memory: "128Mi", networkPolicy: "ISOLATED" },
  ],
};

/** The system `crossplane`: functions of a control plane, each run once in a container made from an image. */
export const crossplane: System = {
  name: "crossplane",
  upstream: {
    project: "crossplane/function-runtime-oci",
    url: "https://github.com/crossplane/function-runtime-oci",
  },
  revisions: [{ id: "3d2dcd12", commit: "3d2dcd121ffc811a52636b357ef0531a189e392d", date: "2023-11-13" }],
  operations: Object.assign(Object.create(null), {
    config,
    write,
    bundle,
    quantity,
    parsePasswd: passwdTexts,
    parsePasswdFiles: passwdFiles,
  }),
  hostFacts: [],
  example: { request: exampleRequest, options: {} },
  bundlePlan: planBundle,
};
