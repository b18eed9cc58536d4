/** Chinese for the texts that the registry shows, by the English ones; so a text that changes asks for its translation again. */
const chinese: Readonly<Record<string, string>> = {
  'Deploy functions to OpenFunction on Kubernetes with Serverless Devs':
    '用 Serverless Devs 把函数部署到 Kubernetes 上的 OpenFunction',

  'Create or update the function in the cluster, and wait until it runs': '在集群中创建或更新函数，并等到它真正运行',
  'Build the image of the function, on this machine or in the cluster': '构建函数的镜像，在本机或在集群中',
  'Print what the function writes: of all its pods, and of its build': '打印函数的日志：所有 Pod 的，以及构建的',
  'Show what deploy would change': '显示 deploy 会改变什么',
  'Print the manifests that deploy would apply': '打印 deploy 会提交的清单（manifest）',
  'Show the function as it is in the cluster': '显示函数在集群中的实际情况',
  'Delete the function from the cluster': '从集群中删除函数',
  'Make resources of an s.yaml from functions that are there': '把已有的函数变成 s.yaml 中的资源',

  'Path of the kubeconfig file. Default: the files of the KUBECONFIG variable, else ~/.kube/config, else the service account of the pod.':
    'kubeconfig 文件的路径。默认：环境变量 KUBECONFIG 中的文件，否则 ~/.kube/config，否则 Pod 的 ServiceAccount。',
  'Context of the kubeconfig. Default: its current context.': 'kubeconfig 的上下文。默认：其当前上下文。',
  'Namespace of the function. Default: the namespace of the context, else "default".':
    '函数的命名空间。默认：上下文的命名空间，否则 "default"。',
  'Create the namespace when it does not exist.': '命名空间不存在时创建它。',
  'Name of the function: lower-case letters, digits and "-", starting with a letter. Default: the name of the resource.':
    '函数名：小写字母、数字和 "-"，以字母开头。默认：资源的名称。',
  'API version in which the function is applied. "auto" is v1beta1, which every release has, unless something of the function would be lost in a cluster with v1beta2. With core.openfunction.io/v1beta2 the props follow the spec of that version.':
    '应用函数时所用的 API 版本。"auto" 即 v1beta1（各个版本都有），除非函数的某些内容在带 v1beta2 的集群中会丢失。写 core.openfunction.io/v1beta2 时，属性遵循该版本的 spec。',
  'Labels of the Function.': 'Function 的标签（labels）。',
  'Annotations of the Function. OpenFunction reads "plugins" and "plugins.tracing".':
    'Function 的注解（annotations）。OpenFunction 会读取 "plugins" 和 "plugins.tracing"。',
  'Version of the function.': '函数的版本。',
  'Image of the function: what a build produces and what serving runs.': '函数的镜像：由 build 产生，由 serving 运行。',
  'Secret with the registry login, to push and to pull the image.':
    '存有镜像仓库登录信息的 Secret，用于推送和拉取镜像。',
  'Port on which the function listens; 8080 when left out.': '函数监听的端口；默认 8080。',
  'OCIContainer (default) or WasmEdge.': 'OCIContainer（默认）或 WasmEdge。',
  'How HTTP requests reach a function of the knative runtime. Since OpenFunction 0.7.':
    'HTTP 请求如何到达 knative 运行时的函数。OpenFunction 0.7 起支持。',
  'Builds the image in the cluster, from source in a Git repository, a source image or a folder of this machine. Use "pack" instead to build on this machine.':
    '在集群中构建镜像，源码来自 Git 仓库、源码镜像或本机文件夹。要在本机构建，请改用 "pack"。',
  'Runs the image as a function.': '把镜像作为函数运行。',
  'How the image is built on this machine with Cloud Native Buildpacks, instead of in the cluster.':
    '如何用 Cloud Native Buildpacks 在本机构建镜像，而不在集群中构建。',
  'Path of a Function manifest, relative to the s.yaml, instead of all properties of the function here.':
    'Function 清单的路径，相对于 s.yaml，用来代替这里所有描述函数的属性。',
};

/** A text of the registry in English and, below, in Chinese. @throws Error for one without a translation */
export function inBothLanguages(english: string): string {
  const translation = chinese[english];
  if (translation === undefined) throw new Error(`scripts/generate/chinese.ts has no Chinese for: ${english}`);
  return `${english}\n${translation}`;
}

export const translated: readonly string[] = Object.keys(chinese);
