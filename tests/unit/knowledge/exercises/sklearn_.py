"""scikit-learn: models of several families, in processes of their own too."""

from sklearn.cluster import KMeans
from sklearn.datasets import load_iris
from sklearn.decomposition import PCA
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.neighbors import KNeighborsClassifier
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

features, classes = load_iris(return_X_y=True)
for model in (
    RandomForestClassifier(10, random_state=0, n_jobs=2),
    GradientBoostingClassifier(n_estimators=5),
    KNeighborsClassifier(),
    LogisticRegression(max_iter=1000),
    MLPClassifier(max_iter=20, early_stopping=True),
):
    model.fit(features, classes).predict(features)
KMeans(3, n_init=1).fit(PCA(2).fit_transform(features))
cross_val_score(make_pipeline(StandardScaler(), SVC()), features, classes)
GridSearchCV(SVC(), {"C": [1, 2]}).fit(features, classes)
TfidfVectorizer(stop_words="english").fit_transform(["a word", "another word"])
